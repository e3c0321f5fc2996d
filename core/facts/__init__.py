"""What a fact is to the journal: which columns it has, and what stands for what is masked."""
