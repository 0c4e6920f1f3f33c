"""What a label of a family may be called, and say. A guild, a person or a prompt is none of it."""

from collections.abc import Container
from typing import Final

from prometheus_client.parser import text_string_to_metric_families
from typing_extensions import override

from bot.domain.circuit import Trouble
from bot.domain.failures import CODES
from bot.domain.jobs import JobState

INTERACTIONS: Final = {"application_command", "component", "autocomplete", "modal_submit", "other"}


class Numbers(Container[object]):
    """Small ones, as shards have and bounds of buckets."""

    @override
    def __contains__(self, text: object) -> bool:
        return text == "+Inf" or float(str(text)) <= 3600


class Whatever(Container[object]):
    """Of the interpreter, which is one."""

    @override
    def __contains__(self, text: object) -> bool:
        return True


SHARDS: Final[dict[str, Container[object]]] = {"shard": Numbers()}
ALLOWED: Final[dict[str, dict[str, Container[object]]]] = {
    "imagine_acknowledgement_seconds": {"interaction": INTERACTIONS, "le": Numbers()},
    "imagine_answers_refused": {"interaction": INTERACTIONS},
    "imagine_queue_wait_seconds": {"le": Numbers()},
    "imagine_provider_seconds": {"result": {"painted", "failed"}, "le": Numbers()},
    "imagine_delivery_seconds": {"le": Numbers()},
    "imagine_provider_calls": {},
    "imagine_provider_calls_bound": {},
    "imagine_provider_calls_today": {},
    "imagine_jobs_ended": {
        "outcome": {it.value for it in JobState if it.ended},
        "code": CODES | {"none", "other"},
    },
    "imagine_jobs_under_way": {},
    "imagine_queue_length": {},
    "imagine_kept_pictures": {},
    "imagine_credits_held": {},
    "imagine_credits_captured": {},
    "imagine_breaker_open": {"trouble": {it.value for it in Trouble}},
    "imagine_database_up": {},
    "imagine_discord_rate_limits": {"scope": {"user", "global", "shared", "other"}},
    "imagine_discord_rate_limit_wait_seconds": {"scope": {"user", "global", "shared", "other"}},
    "imagine_discord_buckets_exhausted": {},
    "imagine_event_loop_lag_seconds": {"le": Numbers()},
    "imagine_guilds": {},
    "imagine_shard_connected": SHARDS,
    "imagine_shard_latency_seconds": SHARDS,
    "python_gc_objects_collected": {"generation": {"0", "1", "2"}},
    "python_gc_objects_uncollectable": {"generation": {"0", "1", "2"}},
    "python_gc_collections": {"generation": {"0", "1", "2"}},
    "python_info": dict.fromkeys(("implementation", "major", "minor", "patchlevel", "version"), Whatever()),
    "process_virtual_memory_bytes": {},
    "process_resident_memory_bytes": {},
    "process_start_time_seconds": {},
    "process_cpu_seconds": {},
    "process_open_fds": {},
    "process_max_fds": {},
}


def family_of(name: str) -> str:
    """Counters and histograms also tell when each of their samples began."""
    return name.removesuffix("_created")


def strangers(page: str) -> list[str]:
    """Families and labels that are not allowed."""
    found = []
    for family in text_string_to_metric_families(page):
        allowed = ALLOWED.get(family_of(family.name))
        if allowed is None:
            found.append(family.name)
            continue
        found += [
            f"{it.name}{it.labels}"
            for it in family.samples
            if not all(name in allowed and said in allowed[name] for name, said in it.labels.items())
        ]
    return found
