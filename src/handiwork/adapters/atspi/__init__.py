# SPDX-License-Identifier: Apache-2.0
"""The accessibility bus (AT-SPI 2), over D-Bus by jeepney."""

from handiwork.adapters.atspi.interface import AtspiInterface
from handiwork.adapters.atspi.secrets_watch import AtspiSecretsWatch
from handiwork.adapters.atspi.unaided import AtspiUnaided

__all__ = ["AtspiInterface", "AtspiSecretsWatch", "AtspiUnaided"]
