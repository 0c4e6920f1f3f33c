"""Pictures, uploads and the list of models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from standins.endpoint.contract import MODEL, Feature
from standins.endpoint.pictures import OCTETS, spoiled
from standins.endpoint.register import ArmedFault
from standins.endpoint.replies import Reply, json_reply, storage_error
from standins.endpoint.signing import Verdict
from standins.endpoint.site import Site
from standins.endpoint.uploads import read_upload, tell_asset


@dataclass(frozen=True, slots=True)
class Resources:
    site: Site

    async def picture(self, request: web.Request, armed: ArmedFault | None) -> Reply:
        if "API-KEY" in request.headers:
            return storage_error(400, "InvalidRequest", "The API key was sent to the picture store")
        key = request.match_info["subject"]
        match self.site.signer.check(key, request.query, datetime.now(UTC)):
            case Verdict.FORGED:
                return storage_error(403, "SignatureDoesNotMatch", "The signature does not match the request")
            case Verdict.EXPIRED:
                return storage_error(403, "AccessDenied", "Request has expired")
            case Verdict.GOOD:
                return self._stored(key, armed)

    async def upload(self, request: web.Request, _: ArmedFault | None) -> Reply:
        self.site.admit(request)
        upload = await read_upload(request)
        key = self.site.studio.new_key("upload", upload.suffix.removeprefix("."), folder="images")
        self.site.studio.assets[key] = upload.content
        return json_reply(tell_asset(upload, key))

    async def models(self, request: web.Request, _: ArmedFault | None) -> Reply:
        asked = request.query.get("feature")
        return json_reply({"models": [_model(self.site.studio.account.price)] if asked in set(Feature) else []})

    def _stored(self, key: str, armed: ArmedFault | None) -> Reply:
        picture = self.site.studio.pictures[key]  # only keys of painted pictures are ever signed
        return spoiled(armed, picture) if armed else Reply(200, picture, OCTETS)


def _model(price: int) -> Mapping[str, Any]:
    return {
        "uuid": "5d3f2a44-6666-4777-8888-99aabbccddee",
        "modelId": MODEL,
        "name": "Flux 2 Pro",
        "group": "Flux",
        "provider": "BLACK_FOREST_LABS",
        "status": "ACTIVE",
        "features": list(Feature),
        "modality": {"INPUT": ["text", "image"], "OUTPUT": ["image"]},
        "creditMetadata": {"OUTPUT": price},
        "creditEstimation": price,
    }
