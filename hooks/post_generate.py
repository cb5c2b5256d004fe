"""Make the environment, run the suite and say so: after a copy, and after an update's merge."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

# Copier may hand over the template's own folder: nothing is written into it.
sys.dont_write_bytecode = True

import database  # noqa: E402
import environment  # noqa: E402
import leave  # noqa: E402
import migration  # noqa: E402
import outcome  # noqa: E402
import repository  # noqa: E402
from companions import Companion  # noqa: E402
from suite import Suite  # noqa: E402
from terminal import Screen  # noqa: E402
from tools import CannotValidateError  # noqa: E402

if TYPE_CHECKING:
    from environment import Environment
    from suite import Verdict

LOG = "validation.log"


class Hook:
    """One run of the hook in one project."""

    def __init__(self, project: Path, work: Path, screen: Screen) -> None:
        self.project = project
        self.work = work
        self.screen = screen
        self.started = time.monotonic()
        self.command = environment.by_hand(project)
        self.companions: list[Companion] = []
        self.migration = ""
        self.ends_copier = False

    def begin(self) -> None:
        """Take the log of an earlier run away."""
        self.screen.line()
        (self.project / LOG).unlink(missing_ok=True)

    def copied(self) -> int:
        """Validate a new project."""
        self.begin()
        mark, detail = repository.start(self.project)
        self.screen.item(mark, "repository", detail)
        return self.validated(updating=False)

    def updated(self) -> int:
        """Validate a merged project, unless the merge is not finished."""
        self.begin()
        undecided = repository.conflicts(self.project)
        if undecided:
            notes = outcome.notes(self.project, undecided)
            outcome.conflicted(self.screen, self.project, notes, self.command)
            return 1
        return self.validated(updating=True)

    def validated(self, *, updating: bool) -> int:
        """Make the environment, run the suite, return the exit status."""
        try:
            ready = self.environment()
            early = self.migrate(ready) if updating else None
            verdict = self.suite(ready, early, updating=updating)
        except CannotValidateError as problem:
            self.join_companions()
            log = self.keep_log("environment.log")
            outcome.not_validated(self.screen, self.project, str(problem), self.command, log)
            return 0
        self.join_companions()
        if verdict.passed:
            self.green(ready, verdict, updating=updating)
            return 0
        return self.red(verdict, updating=updating)

    def environment(self) -> Environment:
        """Make or refresh the environment."""
        log = self.work / "environment.log"
        with self.screen.step("environment") as step:
            step.mark, step.detail = "warn", "not made"
            ready = environment.prepare(self.project, self.work, log)
            step.mark, step.detail = "ok", ready.summary()
        log.unlink(missing_ok=True)
        self.command = f"{ready.prefix}pytest"
        if ready.relock:
            good, bad = "tested versions, in uv.lock", "held to the tested versions: run uv lock"
            self.companions.append(Companion("lock", ready.relock, good, bad))
        return ready

    def migrate(self, ready: Environment) -> Suite | None:
        """Make a migration of what the update changed in the models; return a suite beside it."""
        early = None
        if not repository.changed(self.project, *migration.MODELS):
            early = Suite(self.project, ready, self.work)
        with self.screen.step("migration") as step:
            try:
                self.migration = migration.make(self.project, ready, self.work)
                step.detail = self.migration or "none needed"
            except CannotValidateError as problem:
                step.mark, step.detail = "warn", f"not made: {problem}"
        if early and self.migration:
            early.stop()
            return None
        return early

    def suite(self, ready: Environment, early: Suite | None, *, updating: bool) -> Verdict:
        """Run the suite; what does not wait for its result goes on beside it."""
        with self.screen.step("suite") as step:
            step.mark, step.detail = "warn", "not run"
            suite = early or Suite(self.project, ready, self.work)
            step.started = suite.child.started
            step.progress = suite.progress
            made = None if updating else database.make(self.project, ready, self.work)
            if made:
                bad = f"not made: {ready.prefix}flask --app app db upgrade"
                self.companions.append(Companion("database", made, "SQLite: instance/app.db", bad))
            verdict = suite.verdict()
            step.mark, step.detail = "ok" if verdict.passed else "bad", verdict.summary()
        return verdict

    def join_companions(self) -> None:
        """Wait for what went on beside the suite and show it."""
        for companion in self.companions:
            companion.join(self.screen)

    def green(self, ready: Environment, verdict: Verdict, *, updating: bool) -> None:
        """Say that all is well."""
        what = "Updated" if updating else "Made"
        seconds = time.monotonic() - self.started
        message = f"{what} and validated in {seconds:.1f} s: {verdict.summary()}."
        if updating:
            rows = [
                ("git add . && git diff --staged", "see what the update changed"),
                ("git commit", "keep it"),
            ]
            if self.migration:
                name = PurePath(self.migration).stem
                apply = f"{ready.prefix}flask --app app db upgrade"
                rows.append((apply, f"apply {name} to your database"))
        else:
            rows = outcome.next_steps(self.project, ready, database.kind(self.project))
        outcome.ready(self.screen, message, rows)

    def red(self, verdict: Verdict, *, updating: bool) -> int:
        """Keep everything, say where it is, and end Copier with an error."""
        log = self.keep_log(LOG)
        outcome.red(self.screen, self.project, verdict, self.command, self.project / LOG)
        if updating or leave.KEPT_ANYWAY:
            return 1
        if log and leave.wants_deletion(self.screen, log):
            self.screen.line("  Copier deletes the folder, unless it was there before.")
            return 1
        self.screen.line("  Copier ends with an error, as if stopped: so your files are kept.")
        self.ends_copier = True
        return 1

    def clear(self) -> None:
        """Take the working folder away: Copier, stopped, gives no time for it."""
        shutil.rmtree(self.work, ignore_errors=True)

    def keep_log(self, name: str) -> Path | None:
        """Move a log of this run into the project."""
        source, kept = self.work / name, self.project / LOG
        if not source.exists():
            return None
        with suppress(OSError):  # a full disk is no reason to say nothing at all
            shutil.move(source, kept)
        return kept if kept.exists() else None


def run(hook: Hook) -> int:
    """Run the hook for what Copier does now."""
    updating = os.environ.get("COPIER_OPERATION") == "update"
    status = hook.updated() if updating else hook.copied()
    if hook.ends_copier:
        hook.clear()
        leave.stop_copier()
    return status


def cut_short(hook: Hook, why: str) -> int:
    """End everything and keep the project, whatever it was that happened."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outcome.cut_short(hook.screen, why, hook.project, hook.command)
    hook.clear()
    leave.see_children_off()
    hook.clear()
    leave.stop_copier()
    return 1


def main() -> int:
    """Run the hook in the current folder."""
    # Whoever ends this process alone means what Ctrl-C means.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="validation-", ignore_cleanup_errors=True) as work:
        hook = Hook(Path.cwd(), Path(work), Screen())
        try:
            return run(hook)
        except KeyboardInterrupt:
            return cut_short(hook, "Stopped")
        except Exception:  # noqa: BLE001 - a fault of the hook must not cost its user a project
            traceback.print_exc()
            return cut_short(hook, "The hook failed")


if __name__ == "__main__":
    sys.exit(main())
