# SPDX-License-Identifier: Apache-2.0
"""What things are: values only. Knows nothing of clocks, disks, networks or chance."""
