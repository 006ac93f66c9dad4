# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How jobs reach the database: a worker fetches over connections of its own, and enqueues as everybody does.

Left to itself the queue writes what a job enqueues over the worker's own connections, outside the transaction of
that job: it may then run before what it is about is there, and stays when the transaction is undone.
"""

from procrastinate import PsycopgConnector
from procrastinate.connector import BaseAsyncConnector, BaseConnector
from procrastinate.contrib.django import procrastinate_app, utils
from procrastinate.contrib.django.django_connector import DjangoConnector


class WorkerConnector(PsycopgConnector):
    """Fetch jobs over the worker's own connections; what a job enqueues is in the transaction of that job."""

    def get_sync_connector(self) -> BaseConnector:
        """Give the connection of the code that runs, with its transaction."""
        return DjangoConnector()


class TransactionConnector(DjangoConnector):
    """Enqueue in the transaction that runs, in a page and in a job alike."""

    def get_worker_connector(self) -> BaseAsyncConnector:
        """Give what a worker fetches its jobs with."""
        return WorkerConnector(kwargs=utils.connector_params(self.alias))


def enqueue_in_transactions() -> None:
    """Let every process enqueue its jobs in the transaction of what it does."""
    app = procrastinate_app.current_app
    app.connector = app.job_manager.connector = TransactionConnector()
