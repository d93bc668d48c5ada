-- Tells administrators of the host how many accounts it has, and which: two commands of XEP-0133
-- (get-registered-users-num, get-registered-users-list) that stock Prosody 0.12 does not have.
local users = require "core.usermanager".users;
local new_form = require "util.dataforms".new;

module:depends("adhoc");
local new_command = module:require "adhoc".new;

local NAMESPACE = "http://jabber.org/protocol/admin";
local UNLISTED = "The accounts of this host are kept where Prosody cannot list them.";

local function accounts()
	local step, state, first = users(module.host);
	if not step then return nil; end
	local all = {};
	for name in step, state, first do
		all[#all+1] = name.."@"..module.host;
	end
	return all;
end

local function provide(command, title, field, answer)
	local form = new_form {
		{ name = "FORM_TYPE", type = "hidden", value = NAMESPACE };
		field;
	};
	local function run()
		local all = accounts();
		if not all then
			return { status = "error", error = {
				type = "cancel", condition = "feature-not-implemented", text = UNLISTED,
			} };
		end
		local values = { [field.name] = answer(all) };
		return { status = "completed", result = { layout = form, values = values } };
	end
	module:provides("adhoc", new_command(title, NAMESPACE.."#"..command, run, "admin"));
end

provide("get-registered-users-num", "Get Number of Registered Users", {
	name = "registeredusersnum", type = "text-single", label = "The number of accounts",
}, function (all) return tostring(#all); end);

provide("get-registered-users-list", "Get List of Registered Users", {
	name = "registereduserjids", type = "jid-multi", label = "The accounts",
}, function (all) return all; end);
