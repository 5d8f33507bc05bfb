"""Once a week, at the end of the day, the waiting list, the caseload and the team are counted."""

from __future__ import annotations

from familyflow.service.clock import Steps
from familyflow.service.shared import Service
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase
from familyflow.specification.variates import DAYS_IN_WEEK


def observe(service: Service) -> Steps:
    """Count on the first day of every week of the run."""
    for day in range(0, service.plan.last_day, DAYS_IN_WEEK):
        yield service.clock.at(day, Phase.OBSERVATION)
        held = sum(len(worker.families) for worker in service.team)
        present = sum(worker.post.fte_thousandths for worker in service.team if worker.is_free)
        service.note(Event.WAITING, quantity=len(service.waiting))
        service.note(Event.CASELOAD, quantity=held)
        service.note(Event.POSTS_PRESENT, quantity=present)
