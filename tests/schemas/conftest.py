"""Hypothesis on a busy machine: no deadline per example, no complaint about slow generation."""

from hypothesis import HealthCheck, settings

settings.register_profile("hall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hall")
