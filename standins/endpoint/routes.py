"""Which path leads where."""

from aiohttp import web

from standins.endpoint.control import Control, local_only
from standins.endpoint.faults import PathKind
from standins.endpoint.features import Features
from standins.endpoint.resources import Resources
from standins.endpoint.site import IMAGE_ROOT, Site

_LARGEST_JSON = 1024 * 1024


def application(site: Site) -> web.Application:
    features, resources, control = Features(site), Resources(site), Control(site)
    app = web.Application(client_max_size=_LARGEST_JSON)
    app.add_routes(
        [
            web.post("/api/features", features.post),
            web.get("/api/results/{subject}", site.framed(PathKind.RESULT, features.result)),
            web.post("/api/assets", site.framed(PathKind.ASSET, resources.upload)),
            web.get("/models", site.framed(PathKind.MODELS, resources.models)),
            web.get(f"{IMAGE_ROOT}/{{subject:.+}}", site.framed(PathKind.DOWNLOAD, resources.picture)),
            web.post("/standin/faults", local_only(control.order)),
            web.delete("/standin/faults", local_only(control.clear)),
            web.get("/standin/state", local_only(control.state)),
        ]
    )
    return app
