#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a test run did: ctest's JUnit file and the XML files that GoogleTest wrote beside it.

usage: summary.py REPORTS. Prints what failed and what was skipped with the reason, and closes with
'N passed, N failed, N skipped'. Exits 1 if anything failed or nothing ran.
"""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def cases_of_googletest(root):
    """Yields (name, outcome, reason) of one GoogleTest report."""
    for case in root.iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        failure, skipped = case.find("failure"), case.find("skipped")
        if failure is not None:
            yield name, "failed", failure.get("message", "").split("\n", 1)[-1].replace("\n", " ")
        elif skipped is not None:
            yield name, "skipped", skipped.get("message", "").split("\n", 1)[-1].strip()
        elif case.get("status") == "run":
            yield name, "passed", ""


def cases_of_ctest(root, reported):
    """Yields what ctest ran; executables in `reported` count by their own cases unless they died."""
    for case in root.iter("testcase"):
        name = case.get("name")
        outcome = {"run": "passed", "fail": "failed"}.get(case.get("status"), "skipped")
        own = reported.get(name)
        if own is not None and (outcome == "passed" or any(kind == "failed" for _, kind, _ in own)):
            continue
        lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines()]
        reasons = [line for line in lines if "skip" in line.lower()]
        yield name, outcome, reasons[-1] if reasons else ""


def main():
    reports = pathlib.Path(sys.argv[1])
    reported = {}
    for path in sorted(reports.glob("*.xml")):
        if path.name != "ctest.xml":
            try:
                reported[path.stem] = list(cases_of_googletest(ElementTree.parse(path).getroot()))
            except ElementTree.ParseError as error:
                reported[path.stem] = [(path.stem, "failed", f"its report cannot be read: {error}")]
    cases = [case for own in reported.values() for case in own]
    cases += cases_of_ctest(ElementTree.parse(reports / "ctest.xml").getroot(), reported)

    for wanted in ("skipped", "failed"):
        for name, outcome, reason in cases:
            if outcome == wanted:
                print(f"{outcome}: {name}{': ' + reason if reason else ''}")
    passed, failed, skipped = (
        sum(1 for case in cases if case[1] == outcome) for outcome in ("passed", "failed", "skipped")
    )
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
