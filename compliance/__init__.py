"""The district-wide rules: findings, waivers, readiness, and which fund can pay.

Nothing lives here yet. What one action must refuse is a rule beside its noun, and will be called
from here, too; a family of rules will be one file in `compliance/rules/`.
"""
