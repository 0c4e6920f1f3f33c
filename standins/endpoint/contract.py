"""The published contract of `POST /api/features` for Flux 2 Pro, held strictly."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standins.endpoint.replies import RefusedError, coded

MODEL = "black-forest-labs/flux-2-pro"
LARGEST_SEED = 2**32 - 1  # the page states no range; pages of sibling models state this one

AspectRatio = Literal["1:1", "16:9", "9:16", "3:2", "2:3", "4:5", "5:4"]


class Feature(StrEnum):
    GENERATOR = "IMAGE_GENERATOR"
    EDITOR = "IMAGE_EDITOR"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Envelope(_Strict):
    type: str
    model: str
    prompt_object: Annotated[dict[str, Any], Field(alias="promptObject")]
    asynchronous: Annotated[bool, Field(alias="async")] = False


class _Painting(_Strict):
    prompt: Annotated[str, Field(pattern=r"\S")]
    output_format: Literal["jpg", "png"] = "png"
    output_quality: Annotated[float, Field(ge=0, le=100)] = 80
    steps: Annotated[float, Field(ge=15, le=50)] = 25
    guidance: Annotated[float, Field(ge=2, le=5)] = 3
    safety_tolerance: Annotated[float, Field(ge=1, le=6)] = 2
    prompt_upsampling: bool = False
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED, default_factory=lambda: secrets.randbelow(2**31))]


class GeneratorPrompt(_Painting):
    aspect_ratio: AspectRatio = "1:1"


class EditorPrompt(_Painting):
    aspect_ratio: AspectRatio | Literal["match_input_image"] = "match_input_image"
    image_url: Annotated[str, Field(alias="imageUrl", min_length=1)]


@dataclass(frozen=True, slots=True)
class Order:
    feature: Feature
    asynchronous: bool
    sent: Mapping[str, Any]
    """The promptObject as it came, which the reply echoes."""
    prompt: GeneratorPrompt | EditorPrompt


def read_order(body: object) -> Order:
    try:
        envelope = _Envelope.model_validate(body)
        feature = _feature(envelope)
        form = GeneratorPrompt if feature is Feature.GENERATOR else EditorPrompt
        prompt = form.model_validate(envelope.prompt_object)
    except ValidationError as error:
        raise refuse_fields(_complaints(error)) from error
    return Order(feature, envelope.asynchronous, envelope.prompt_object, prompt)


def refuse_fields(complaints: Mapping[str, str]) -> RefusedError:
    missing = sorted(name for name, problem in complaints.items() if problem == _MISSING)
    details = [{"field": name, "message": problem} for name, problem in complaints.items()]
    if missing:
        message = f"Missing required fields for {MODEL} model: {', '.join(missing)}."
        return RefusedError(coded(400, "MISSING_REQUIRED_FIELDS", message, details=details))
    message = f"Invalid fields for {MODEL} model: {', '.join(sorted(complaints))}."
    return RefusedError(coded(400, "INVALID_FIELDS", message, details=details))


_MISSING = "Field required"


def _feature(envelope: _Envelope) -> Feature:
    try:
        feature = Feature(envelope.type)
    except ValueError:
        message = f"Unsupported feature type: {envelope.type}"
        raise RefusedError(coded(400, "UNKNOWN_ERROR", message)) from None
    if envelope.model != MODEL:
        message = f"Model {envelope.model} is not supported for feature {feature}"
        raise RefusedError(coded(400, "UNSUPPORTED_MODEL", message))
    return feature


def _complaints(error: ValidationError) -> dict[str, str]:
    return {".".join(map(str, problem["loc"])) or "body": problem["msg"] for problem in error.errors()}
