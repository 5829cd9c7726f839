"""Offline: documents become a Library. Knows nothing of questions.

Importing it asks NumPy for one BLAS thread, unless the environment says otherwise.

A question is small work, for which two threads on busy cores take up to a hundred times as long as one.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported first; later it has no effect
