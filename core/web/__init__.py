"""What every page stands on: requests, forms, pages of lists, panels, the words of the district."""
