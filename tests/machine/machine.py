"""Random acts, many of them backdated, on a small district and on its model.

Both must refuse alike or act alike; what held at any time, as known now or at any other time,
must be the same in both, for states and for shares.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from assets.codes.resolve import resolve
from assets.models import Asset
from core.access import SYSTEM
from core.journal import sealing, verify
from tests.machine.acts import Acts, Draw
from tests.machine.district import INACTIVE, STATE, UNITS, clock, day, make_rows, maybe
from tests.machine.model import Model
from tests.machine.timeline import FEDERAL, QUARTERS, Unit

START = 10 * QUARTERS
TAGS = [f"T{n}" for n in range(12)]
ago = st.none() | st.integers(0, 3 * QUARTERS) | st.integers(-1, START)
seldom = st.integers(0, 33).map(lambda n: n if n < START // QUARTERS + 1 else None)
amounts = st.none() | st.sampled_from([0, 1, 11111, 16667, 33333])
draws = st.builds(
    Draw,
    n=st.integers(0, 63),
    other=st.integers(0, 63),
    tag=st.none() | st.sampled_from(TAGS),
    serial=st.none() | st.sampled_from(["", "s1", "s2", "s3"]),
    unit=st.none() | st.integers(0, len(UNITS) - 1),
    room=st.none() | st.integers(0, 5),
    person=st.integers(0, 7).map(lambda n: n % 2 if n else INACTIVE),
    status=st.sampled_from(
        [
            "in_stock",
            "in_use",
            "in_repair",
            "in_transit",
            "lost",
            "surplus",
            "awaiting_disposal",
            "disposed",
        ]
    ),
    condition=st.none() | st.sampled_from(["good", "broken"]),
    method=st.sampled_from(["sold", "parts", "returned"]),
    day=st.none() | st.integers(0, 11),
    received=seldom,
    seen=seldom,
    loaned=seldom,
    changed=seldom,
    legacy=st.booleans(),
    held=st.integers(0, 3).map(lambda n: n == 3),
    new=st.sampled_from(
        ["in_stock", "in_stock", "in_use", "received", "in_repair", "lost", "disposed"]
    ),
    reason=st.integers(0, 15).map(lambda n: "Misread" if n else "  "),
    back=ago,
    units=st.frozensets(st.integers(0, len(UNITS) - 1), min_size=1, max_size=3),
    first=amounts,
    second=amounts,
    cost=st.sampled_from([0, 20000, 33333, 50000]),
)
ACTS = (
    *("register", "assign", "assign", "assign", "give_back", "give_back", "move", "move", "see"),
    *("change_status", "change_status", "miss", "find", "find", "retire", "dispose", "reopen"),
    *("correct_identity", "correct_custody", "correct_custody", "merge", "unmerge", "void"),
    *("pay", "pay", "pay", "cost", "void_unit", "change", "change"),
)


class District(Acts, RuleBasedStateMachine):
    """Everything happens in one transaction, which is taken back at the end.

    One rule draws the act: of several rules, Hypothesis leaves some out of an example."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.agreed = True
        self.begin()
        self.model = Model(START, {}, INACTIVE, [Unit(*unit) for unit in UNITS], FEDERAL)
        self.stack.enter_context(clock(lambda: self.model.now))
        self.rows = make_rows()
        self.model.school_of = self.rows.school_of()

    def begin(self) -> None:
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)

    def teardown(self) -> None:
        try:
            if self.agreed:
                self.everything_agrees()
        finally:
            self.stack.close()

    @initialize(backs=st.lists(st.integers(START // 2, START), min_size=2, max_size=4))
    def first_things(self, backs: list[int]) -> None:
        for n, back in enumerate(backs):
            self.register(Draw(n=n, tag=TAGS[n], room=n, back=back))

    @rule(
        act=st.sampled_from(ACTS),
        d=draws,
        quarters=st.integers(0, 4),
        asked=st.integers(-2, START),
        known=st.none() | st.integers(-2, START),
    )
    def something_happens(
        self, act: str, d: Draw, quarters: int, asked: int, known: int | None
    ) -> None:
        """Time passes, somebody acts, somebody asks how it was."""
        self.agreed = False
        self.model.now += quarters
        if act != "register" or len(self.rows.assets) < 8:
            getattr(self, self.possible(act, d.n))(d)
        self.ask(self.model.now - asked, self.time(known))
        self.agreed = True

    def ask(self, at: int, known: int | None) -> None:
        said = f"as of {at}, known at {known}, now {self.model.now}"
        assert self.rows.states(at, known) == [t.state(at, known) for t in self.model.things], said
        assert self.rows.paid(at, known) == [u.paid(at, known) for u in self.model.units], said

    def everything_agrees(self) -> None:
        """Today's rows, every tag ever printed, times that matter, and the journal."""
        things = self.model.things
        today = Asset.objects.in_bulk([a.pk for a in self.rows.assets])
        rows = [today[a.pk] for a in self.rows.assets]
        assert [self.rows.plain([getattr(a, f) for f in STATE]) for a in rows] == [
            self.model.today(t) for t in things
        ]
        assert [(a.tag, a.serial, a.acquired_on, a.last_verified_on) for a in rows] == [
            (
                t.tag,
                t.serial,
                None if t.acquired is None else day(t.acquired),
                maybe(self.model.seen(t)),
            )
            for t in things
        ]
        for thing in things:
            for tag in thing.tags:
                found = resolve(tag, SYSTEM).asset
                winner = self.rows.assets[things.index(self.model.leads_to(thing))]
                assert found is not None, tag
                assert found.pk == winner.pk, f"{tag} leads to {found}"
        times = list(self.model.instants())
        for n in range(0, len(times), 1 + len(times) // 12):
            self.ask(times[n], None)
            self.ask(times[n], times[-1 - n])
            self.ask(times[n] - 1, times[len(times) // 2])
        sealing.seal_all()
        assert verify.verify().findings == []


class Committed(District):
    """The same with a commit after each act, as in life, so that the journal can be sealed."""

    at_the_end: ClassVar[Callable[[], None]]

    def begin(self) -> None:
        self.stack.callback(self.at_the_end)
