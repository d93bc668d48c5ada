-- Prosody 0.12 for an Archipel platform. Replace xmpp.example.org by your domain, put
-- mod_archipel_nodes.lua and mod_archipel_users.lua into the folder of plugin_paths, and include this
-- file at the end of /etc/prosody/prosody.cfg.lua: Include "/etc/prosody/archipel.cfg.lua"

plugin_paths = { "/usr/local/lib/prosody/modules" }

-- A list of many virtual machines, or a picture of a screen, is larger than the 256 KiB that are usual.
c2s_stanza_size_limit = 1024 * 1024

VirtualHost "xmpp.example.org"
	admins = { "admin@xmpp.example.org" }
	modules_enabled = {
		"roster", "saslauth", "tls", "disco", "private", "vcard_legacy", "version", "ping",
		"register", "admin_adhoc", "archipel_users", "smacks", "blocklist",
	}
	-- The agent gives each virtual machine an account. Where strangers reach the server, let only
	-- the addresses of hypervisors do so:
	-- allowlist_registration_only = true
	-- registration_allowlist = { "192.0.2.0/24" }
	allow_registration = true
	c2s_require_encryption = true

Component "pubsub.xmpp.example.org" "pubsub"
	-- Makes and owns the nodes /archipel/tags, /archipel/roles and /archipel/adminaccounts.
	admins = { "admin@xmpp.example.org" }
	modules_enabled = { "archipel_nodes" }
	pubsub_max_items = 1000
	autocreate_on_publish = false
	autocreate_on_subscribe = false
