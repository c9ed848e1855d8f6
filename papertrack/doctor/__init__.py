"""Look a list and its surroundings over, and say what mends what is wrong. Nothing is changed."""

from papertrack.doctor.diagnosis import Diagnosis

__all__ = ["Diagnosis"]
