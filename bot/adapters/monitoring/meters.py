"""The port `Meters` as Prometheus families. No label ever names a guild, a person or what somebody typed."""

from collections import OrderedDict
from time import monotonic
from typing import Final

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, PlatformCollector, ProcessCollector
from typing_extensions import override

from bot.domain.failures import CODES
from bot.domain.jobs import Job, JobState
from bot.ports import Meters

INTERACTIONS: Final = frozenset({"application_command", "component", "autocomplete", "modal_submit"})
SCOPES: Final = frozenset({"user", "global", "shared"})
OTHER: Final = "other"
"""For whatever comes from outside and is not known."""
NONE: Final = "none"

_SOON: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 5)
_LAG: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_WAIT: Final = (0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800)
_PAINT: Final = (1, 2.5, 5, 7.5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)
_DELIVERY: Final = (0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 300, 3600)
_MOST_UNANSWERED: Final = 1000
"""Beyond it the oldest are forgotten: nobody ever answered them."""


class PrometheusMeters(Meters):
    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._unanswered: OrderedDict[int, tuple[str, float]] = OrderedDict()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._interactions(registry)
        self._times(registry)
        self._ends(registry)
        self._discord(registry)
        self.lag = Histogram(
            "imagine_event_loop_lag_seconds",
            "How much too late the event loop of this process did what was due, looked at twice a second.",
            registry=registry,
            buckets=_LAG,
        )

    def _interactions(self, registry: CollectorRegistry) -> None:
        self._acknowledged = Histogram(
            "imagine_acknowledgement_seconds",
            "From an interaction's arrival in this process until Discord took the first answer; it allows 3 seconds.",
            ["interaction"],
            registry=registry,
            buckets=_SOON,
        )
        self._refused = Counter(
            "imagine_answers_refused_total",
            "First answers that Discord did not take: too late, or twice.",
            ["interaction"],
            registry=registry,
        )
        for kind in INTERACTIONS:
            self._acknowledged.labels(kind)
            self._refused.labels(kind)

    def _times(self, registry: CollectorRegistry) -> None:
        self._waited = Histogram(
            "imagine_queue_wait_seconds",
            "From a job's card until its paid call, for jobs that this process began.",
            registry=registry,
            buckets=_WAIT,
        )
        self._painted = Histogram(
            "imagine_provider_seconds",
            "From the paid call to the picture, or to what else came of it, for jobs that this process ended.",
            ["result"],
            registry=registry,
            buckets=_PAINT,
        )
        self._delivered = Histogram(
            "imagine_delivery_seconds",
            "From the provider's answer until the picture was shown, by this process and without kept ones.",
            registry=registry,
            buckets=_DELIVERY,
        )
        for result in ("painted", "failed"):
            self._painted.labels(result)

    def _ends(self, registry: CollectorRegistry) -> None:
        self._calls = Counter(
            "imagine_provider_calls_total",
            "Jobs of this process that were counted as a paid call.",
            registry=registry,
        )
        self._ended = Counter(
            "imagine_jobs_ended_total",
            "Jobs that this process ended, by end and by code of the failure.",
            ["outcome", "code"],
            registry=registry,
        )
        self._captured = Counter(
            "imagine_credits_captured_total",
            "Credits that jobs took which this process ended.",
            registry=registry,
        )
        for outcome in (JobState.DELIVERED, JobState.CANCELLED):
            self._ended.labels(outcome.value, NONE)
        for code in CODES:
            self._ended.labels(JobState.FAILED.value, code)

    def _discord(self, registry: CollectorRegistry) -> None:
        self._limits = Counter(
            "imagine_discord_rate_limits_total",
            "Requests that Discord answered with 429, which are waited for and sent again.",
            ["scope"],
            registry=registry,
        )
        self._waits = Counter(
            "imagine_discord_rate_limit_wait_seconds_total",
            "What Discord asked to wait with these answers. Waits by which discord.py prevents them are not in it.",
            ["scope"],
            registry=registry,
        )
        self._exhausted = Counter(
            "imagine_discord_buckets_exhausted_total",
            "Answers that used up a rate limit: whoever comes next in the same bucket waits without a 429.",
            registry=registry,
        )
        for scope in SCOPES:
            self._limits.labels(scope)
            self._waits.labels(scope)

    @override
    def arrived(self, interaction: int, kind: str) -> None:
        self._unanswered[interaction] = (kind if kind in INTERACTIONS else OTHER, monotonic())
        if len(self._unanswered) > _MOST_UNANSWERED:
            self._unanswered.popitem(last=False)

    @override
    def began(self, job: Job) -> None:
        self._calls.inc()
        if job.waited is not None:
            self._waited.observe(max(0.0, job.waited))

    @override
    def ended(self, job: Job) -> None:
        code = NONE if job.failure is None else job.failure if job.failure in CODES else OTHER
        self._ended.labels(job.state.value, code).inc()
        if job.captured:
            self._captured.inc(job.price)
        self._time(job)

    def _time(self, job: Job) -> None:
        # A job that was lost tells how long no process was there, and a kept one when its member came back.
        if job.painting_at is not None and job.ended_at is not None and job.state is not JobState.LOST:
            answered = job.painted_at or job.ended_at
            result = "failed" if job.painted_at is None else "painted"
            self._painted.labels(result).observe(max(0.0, (answered - job.painting_at).total_seconds()))
        if job.state is JobState.DELIVERED and not job.claimed and job.delivering is not None:
            self._delivered.observe(max(0.0, job.delivering))

    def answered(self, interaction: int, *, taken: bool) -> None:
        """What Discord said to an answer; only the first one to an interaction counts."""
        kind, arrived = self._unanswered.pop(interaction, (OTHER, None))
        if not taken:
            self._refused.labels(kind).inc()
        elif arrived is not None:
            self._acknowledged.labels(kind).observe(monotonic() - arrived)

    def limited(self, scope: str, seconds: float) -> None:
        scope = scope if scope in SCOPES else OTHER
        self._limits.labels(scope).inc()
        self._waits.labels(scope).inc(max(0.0, seconds))

    def exhausted(self) -> None:
        self._exhausted.inc()
