-- Lets every account make the two pubsub nodes that bear its own name, and no others.
-- Stock Prosody 0.12 lets only the component's administrators make nodes. An account that makes a
-- node owns it, so agents can publish there and delete it when a virtual machine is deleted.
local jid_bare = require "util.jid".bare;

local service = module:depends("pubsub").get_service();
local decide = service.config.get_affiliation;

local function is_own(node, account)
	return node == "/archipel/"..account.."/events" or node == "/archipel/"..account.."/logs";
end

service.config.get_affiliation = function (jid, node, action)
	local given = decide(jid, node, action);
	if given == nil and action == "create" and is_own(node, jid_bare(jid)) then
		return "owner";
	end
	return given;
end

function module.unload()
	service.config.get_affiliation = decide;
end
