"""Every CSV file there is, in the order in which the nouns rest on each other."""

from django.db import models

import actors.resources
import events.resources
import sources.resources
import territories.resources
from border.contracts.declare import Contract

CONTRACTS: tuple[Contract, ...] = (
    *sources.resources.CONTRACTS,
    *territories.resources.CONTRACTS,
    *actors.resources.CONTRACTS,
    *events.resources.CONTRACTS,
)
BY_NAME = {contract.name: contract for contract in CONTRACTS}
BY_MODEL: dict[type[models.Model], Contract] = {contract.model: contract for contract in CONTRACTS}
