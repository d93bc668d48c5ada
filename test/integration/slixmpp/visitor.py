"""A slixmpp client for test cases: it logs in, and waits for what it expects to hear."""

import asyncio
from xml.etree import ElementTree

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import StanzaPath

PATIENCE_SECONDS = 15


class LoginFailed(Exception):
    """The server refused the password."""


class Visitor(ClientXMPP):
    """One session on the server under test."""

    def __init__(self, server, user, resource="slixmpp"):
        super().__init__(f"{user['jid']}/{resource}", user["password"])
        self.under_test = server
        self.ca_certs = server["caFile"]
        # Subscriptions are what some cases are about: nothing is answered by itself.
        self.roster.auto_authorize = None
        self.roster.auto_subscribe = False
        self._heard = []
        self._changed = asyncio.Event()
        self._login = asyncio.get_running_loop().create_future()
        for plugin in ("xep_0004", "xep_0030", "xep_0050", "xep_0054", "xep_0059", "xep_0060"):
            self.register_plugin(plugin)
        for plugin in ("xep_0049", "xep_0077", "xep_0092", "xep_0199"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", lambda _: self._settle(None))
        self.add_event_handler("failed_all_auth", lambda _: self._settle(LoginFailed()))
        # The library's own events leave out messages without a body and some presences.
        for kind in ("message", "presence"):
            self.register_handler(Callback(f"heard {kind}", StanzaPath(kind), self._hear))

    def _settle(self, failure):
        if self._login.done():
            return
        if failure is None:
            self._login.set_result(None)
        else:
            self._login.set_exception(failure)

    def _hear(self, stanza):
        self._heard.append(stanza)
        self._changed.set()

    async def enter(self):
        """Logs in over STARTTLS; raises LoginFailed when the password is refused."""
        self.connect((self.under_test["host"], self.under_test["port"]), force_starttls=True)
        await asyncio.wait_for(asyncio.shield(self._login), PATIENCE_SECONDS)
        return self

    async def leave(self):
        await self.disconnect(wait=1)

    def vanish(self):
        """Drops the connection, if there still is one."""
        try:
            self.abort()
        except AttributeError:
            # The library trips over a connection that the server has already closed.
            pass

    async def appear(self, **presence):
        """Becomes available, and waits until the server has taken notice."""
        self.send_presence(**presence)
        return await self.heard(lambda stanza: stanza["from"] == self.boundjid)

    async def heard(self, fits):
        """The next stanza that fits, heard already or still to come."""

        async def search():
            while True:
                for stanza in self._heard:
                    if fits(stanza):
                        self._heard.remove(stanza)
                        return stanza
                self._changed.clear()
                await self._changed.wait()

        return await asyncio.wait_for(search(), PATIENCE_SECONDS)

    async def ask(self, kind, to, payload, seconds=PATIENCE_SECONDS):
        """Sends an IQ whose payload is XML text; the answer, or raises IqError."""
        iq = self.make_iq(ito=to, itype=kind)
        iq.append(ElementTree.fromstring(payload))
        return await iq.send(timeout=seconds)

    async def contacts(self):
        """The roster as the server has it: name, subscription and groups by JID."""
        answer = await self.ask("get", None, "<query xmlns='jabber:iq:roster'/>")
        return {
            item.get("jid"): (
                item.get("name"),
                item.get("subscription"),
                sorted(group.text for group in item),
            )
            for item in answer.xml.iter("{jabber:iq:roster}item")
        }


async def condition_of(asked):
    """The condition with which something is refused; `result` where it is not."""
    try:
        await asked
    except IqError as error:
        return error.condition
    except IqTimeout:
        return "no answer"
    return "result"
