"""Says something to an entity and prints what it answers. Reads one JSON object from standard input."""

import asyncio
import json
import logging
import sys
import warnings

from visitor import Visitor


async def chat(asked):
    visitor = await Visitor(asked["server"], asked["user"]).enter()
    await visitor.appear()
    here = await visitor.heard(lambda stanza: stanza["from"].bare == asked["entity"])
    visitor.send_message(mto=here["from"], mbody=asked["text"], mtype="chat")
    answer = await visitor.heard(
        lambda stanza: stanza["from"].bare == asked["entity"] and stanza["type"] == "chat"
    )
    await visitor.leave()
    return answer["body"]


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print(json.dumps(asyncio.run(chat(json.load(sys.stdin)))))


main()
