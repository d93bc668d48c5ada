"""Runs the protocol cases against the server described in JSON on standard input; prints what each one saw."""

import asyncio
import json
import logging
import sys
import warnings

from cases import CASES

CASE_SECONDS = 40


async def run_all(server):
    seen = {}
    for case in CASES:
        try:
            seen[case.__name__] = await asyncio.wait_for(case(server), CASE_SECONDS)
        except Exception as failure:  # One case that fails must not hide what the others see.
            seen[case.__name__] = f"failed: {type(failure).__name__} {failure}"
    return seen


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    server = json.load(sys.stdin)
    print(json.dumps(asyncio.run(run_all(server))))


main()
