/** Where agents write their log on a host, unless they are told another place. */
export const AGENT_LOG = '/var/log/archipel/archipel.log';
