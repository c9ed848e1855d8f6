"""Which sources a command asks, as settings and environment have it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from papertrack.gathering import Panel
from papertrack.library import Library
from papertrack.settings import Settings
from papertrack.sources import Source


def panel(
    library: Library, settings: Settings, *, offline: bool = False, refresh: bool = False
) -> Panel:
    """Put the sources together: services behind the cache, snapshots for when they are silent."""
    from papertrack.sources.cache import FILE, Cache, Cached

    arxiv, semantic_scholar, hugging_face = services(settings)
    cache = Cache(settings.cache_dir / FILE)

    def cached(source: Source) -> Source:
        return Cached(source, cache, refresh=refresh, offline=offline)

    wanted = library.config.hugging_face
    return Panel(
        metadata=[cached(arxiv), cached(semantic_scholar)],
        fallback=snapshots(library, offline=offline),
        code=[] if wanted == "never" or offline else [cached(hugging_face)],
        **({"code_limit": None} if wanted == "always" else {}),
    )


def services(settings: Settings) -> tuple[Source, Source, Source]:
    """Open arXiv, Semantic Scholar and Hugging Face, as they are behind the cache."""
    from papertrack.sources.arxiv import ArxivSource
    from papertrack.sources.hugging_face import HuggingFaceSource
    from papertrack.sources.semantic_scholar import SemanticScholarSource

    return ArxivSource(settings), SemanticScholarSource(settings), HuggingFaceSource(settings)


def snapshots(library: Library, *, offline: bool) -> Sequence[Source]:
    """Open the snapshot of the settings and, offline, the small one that comes with the package."""
    from papertrack.sources.snapshot import SnapshotSource

    named = [library.root / library.config.snapshot] if library.config.snapshot else []
    packaged = [Path(str(files("papertrack") / "data" / "snapshot.jsonl"))] if offline else []
    return [SnapshotSource(path) for path in named + packaged]
