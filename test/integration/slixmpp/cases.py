"""The protocol cases, each returning what it saw in words that do not depend on the server."""

from xml.etree import ElementTree

from slixmpp.plugins.xep_0004 import Form

from visitor import LoginFailed, Visitor, condition_of

PING = "<ping xmlns='urn:xmpp:ping'/>"


async def login(server):
    """A right and a wrong password."""
    right = await Visitor(server, server["users"][0]).enter()
    seen = [right.boundjid.bare == server["users"][0]["jid"]]
    await right.leave()
    wrong = Visitor(server, {**server["users"][0], "password": "wrong"})
    try:
        await wrong.enter()
        seen.append("let in")
    except LoginFailed:
        seen.append("refused")
    wrong.vanish()
    return seen


async def roster(server):
    """A contact is set, read back and removed; a missing one cannot be removed."""
    visitor = await Visitor(server, server["users"][0]).enter()
    contact = f"friend@{server['domain']}"
    await visitor.update_roster(contact, name="A friend", groups=["Paris", "Hosts::Lyon"])
    kept = await visitor.contacts()
    await visitor.del_roster_item(contact)
    left = await visitor.contacts()
    await visitor.leave()
    return [kept.get(contact), contact in left]


async def subscription(server):
    """One asks, the other agrees; presence is seen until it ends."""
    first, second = server["users"][0], server["users"][1]
    alice = await Visitor(server, first).enter()
    bob = await Visitor(server, second).enter()
    await alice.contacts()
    await bob.contacts()
    await alice.appear()
    await bob.appear(pshow="away", pstatus="Paused")
    alice.send_presence_subscription(pto=second["jid"])
    asked = await bob.heard(lambda stanza: stanza["type"] == "subscribe")
    seen = [asked["from"].bare == first["jid"]]
    bob.send_presence_subscription(pto=first["jid"], ptype="subscribed")
    shown = await alice.heard(
        lambda stanza: stanza["from"].bare == second["jid"] and stanza["type"] == "away"
    )
    seen.append(str(shown["status"]))
    _, state, _ = (await alice.contacts())[second["jid"]]
    seen.append(state)
    await bob.leave()
    left = await alice.heard(lambda stanza: stanza["type"] == "unavailable")
    seen.append(left["from"].bare == second["jid"])
    await alice.del_roster_item(second["jid"])
    await alice.leave()
    return seen


async def own_presence(server):
    """Own presence comes back to the resource that sent it."""
    visitor = await Visitor(server, server["users"][2]).enter()
    echo = await visitor.appear(pstatus="here")
    await visitor.leave()
    return [echo["status"]]


async def messages(server):
    """A chat reaches an account and a resource; one for nobody comes back."""
    alice = await Visitor(server, server["users"][0]).enter()
    bob = await Visitor(server, server["users"][1]).enter()
    await alice.appear()
    await bob.appear()
    seen = []
    for to in (server["users"][1]["jid"], bob.boundjid):
        alice.send_message(mto=to, mbody="é€😀 <&>", mtype="chat")
        heard = await bob.heard(lambda stanza: stanza["body"] != "")
        seen.append([heard["body"], heard["from"] == alice.boundjid])
    alice.send_message(mto=f"nobody@{server['domain']}", mbody="x", mtype="chat")
    back = await alice.heard(lambda stanza: stanza["type"] == "error")
    seen.append(back["error"]["condition"])
    await alice.leave()
    await bob.leave()
    return seen


async def routing(server):
    """Requests: to a resource, to nobody there, to an account itself, to the server."""
    alice = await Visitor(server, server["users"][0]).enter()
    bob = await Visitor(server, server["users"][1], "host").enter()
    jid = server["users"][1]["jid"]
    unknown = "<query xmlns='archipel:vm:control'/>"
    seen = [
        await condition_of(alice.ask("get", bob.boundjid, PING)),
        await condition_of(alice.ask("get", f"{jid}/nowhere", PING)),
        await condition_of(alice.ask("get", jid, unknown)),
        await condition_of(alice.ask("get", f"nobody@{server['domain']}", unknown)),
        await condition_of(alice.ask("get", server["domain"], PING)),
    ]
    await alice.leave()
    await bob.leave()
    return seen


async def discovery(server):
    """The server names its pubsub service, which says that it is one."""
    visitor = await Visitor(server, server["users"][0]).enter()
    disco = visitor["xep_0030"]
    items = (await disco.get_items(jid=server["domain"]))["disco_items"]["items"]
    service = await disco.get_info(jid=server["pubsub"])
    kinds = [(category, kind) for category, kind, _, _ in service["disco_info"]["identities"]]
    await visitor.leave()
    return [server["pubsub"] in [str(item[0]) for item in items], ("pubsub", "service") in kinds]


async def vcard(server):
    """A vCard is kept and read by others, who cannot write it."""
    alice = await Visitor(server, server["users"][0]).enter()
    bob = await Visitor(server, server["users"][1]).enter()
    card = "<vCard xmlns='vcard-temp'><FN>Alice</FN><ROLE>virtualmachine</ROLE></vCard>"
    await alice.ask("set", None, card)
    jid = server["users"][0]["jid"]
    # Some servers refuse this, some take it for the asking account's own.
    await condition_of(bob.ask("set", jid, card.replace("Alice", "Eve")))
    read = await bob["xep_0054"].get_vcard(jid=jid, cached=False)
    await alice.leave()
    await bob.leave()
    return [read["vcard_temp"]["FN"], read["vcard_temp"]["ROLE"]]


async def storage(server):
    """Private XML is kept by its namespace."""
    visitor = await Visitor(server, server["users"][0]).enter()
    wrap = "<query xmlns='jabber:iq:private'>{}</query>".format
    await visitor.ask("set", None, wrap("<p xmlns='archipel:test'>kept</p>"))
    answer = await visitor.ask("get", None, wrap("<p xmlns='archipel:test'/>"))
    kept = answer.xml.find(".//{archipel:test}p")
    await visitor.leave()
    return [kept.text]


async def pubsub(server):
    """A node is created, subscribed to, published in, read, retracted from and deleted."""
    owner = await Visitor(server, server["users"][0]).enter()
    reader = await Visitor(server, server["users"][1]).enter()
    await reader.appear()
    node, service = "/archipel/slixmpp/events", server["pubsub"]
    mine, theirs = owner["xep_0060"], reader["xep_0060"]
    form = Form()
    form["type"] = "submit"
    form.add_field(
        var="FORM_TYPE", ftype="hidden", value="http://jabber.org/protocol/pubsub#node_config"
    )
    for name, value in (("access_model", "open"), ("persist_items", "1"), ("max_items", "20")):
        form.add_field(var=f"pubsub#{name}", value=value)
    form.add_field(var="pubsub#notify_retract", value="1")
    seen = [await condition_of(mine.create_node(service, node, config=form))]
    seen.append(await condition_of(mine.create_node(service, node)))
    seen.append(await condition_of(theirs.subscribe(service, node)))
    for item in ("one", "two"):
        await mine.publish(service, node, id=item, payload=_push(item))
    event = await reader.heard(lambda stanza: stanza.xml.find(".//{archipel:push}push") is not None)
    seen += [event["type"] in ("headline", "normal"), event["from"].bare == service]
    items = await theirs.get_items(service, node)
    seen.append(sorted(item["id"] for item in items["pubsub"]["items"]["substanzas"]))
    await mine.retract(service, node, "one", notify=True)
    items = await theirs.get_items(service, node)
    seen.append([item["id"] for item in items["pubsub"]["items"]["substanzas"]])
    seen.append(await condition_of(theirs.publish(service, node, id="x", payload=_push("x"))))
    await theirs.unsubscribe(service, node)
    await mine.delete_node(service, node)
    seen.append(await condition_of(theirs.get_items(service, node)))
    await owner.leave()
    await reader.leave()
    return seen


def _push(change):
    return ElementTree.fromstring(f"<push xmlns='archipel:push' change='{change}'/>")


async def registration(server):
    """An account changes its password and removes itself."""
    admin = await Visitor(server, server["admin"]).enter()
    made = {"jid": f"slixmpp@{server['domain']}", "password": "first"}
    seen = [await _add_user(admin, server, made)]
    await admin.leave()
    visitor = await Visitor(server, made).enter()
    register = "<query xmlns='jabber:iq:register'>{}</query>".format
    change = register("<username>slixmpp</username><password>second</password>")
    seen.append(await condition_of(visitor.ask("set", server["domain"], change)))
    await visitor.leave()
    again = await Visitor(server, {**made, "password": "second"}).enter()
    # Some servers end the stream before they answer.
    await condition_of(again.ask("set", server["domain"], register("<remove/>"), seconds=2))
    again.vanish()
    gone = Visitor(server, {**made, "password": "second"})
    try:
        await gone.enter()
        seen.append("let in")
    except LoginFailed:
        seen.append("refused")
    gone.vanish()
    return seen


async def _add_user(admin, server, user):
    """Runs the administration command in its two steps."""
    command = "<command xmlns='http://jabber.org/protocol/commands' node='{}'{}>{}</command>"
    node = "http://jabber.org/protocol/admin#add-user"
    ns = "{http://jabber.org/protocol/commands}command"
    first = await admin.ask("set", server["domain"], command.format(node, "", ""))
    session = first.xml.find(ns).get("sessionid")
    fields = {
        "FORM_TYPE": "http://jabber.org/protocol/admin",
        "accountjid": user["jid"],
        "password": user["password"],
        "password-verify": user["password"],
    }
    filled = "".join(
        f"<field var='{name}'><value>{value}</value></field>" for name, value in fields.items()
    )
    form = f"<x xmlns='jabber:x:data' type='submit'>{filled}</x>"
    attributes = f" action='complete' sessionid='{session}'"
    done = await admin.ask("set", server["domain"], command.format(node, attributes, form))
    return [first.xml.find(ns).get("status"), done.xml.find(ns).get("status")]


async def administration(server):
    """A user may not run the commands of administrators."""
    visitor = await Visitor(server, server["users"][0]).enter()
    node = "http://jabber.org/protocol/admin#add-user"
    command = f"<command xmlns='http://jabber.org/protocol/commands' node='{node}'/>"
    seen = [await condition_of(visitor.ask("set", server["domain"], command))]
    await visitor.leave()
    return seen


CASES = (
    login,
    roster,
    subscription,
    own_presence,
    messages,
    routing,
    discovery,
    vcard,
    storage,
    pubsub,
    registration,
    administration,
)
