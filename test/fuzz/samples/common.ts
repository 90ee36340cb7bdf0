/** Used where a service might repeat what it was sent, and where it sends a PIN. */
export const PIN = '736251948';
export const SECRETS = {
	seam: 'seam_key_of_the_fuzz_0123456789',
	vccKey: 'a-vcc-api-key-of-the-fuzz',
	client: 'a-client-secret-of-the-fuzz',
	token: 'an-access-token-of-the-fuzz',
	refresh: 'a-refresh-token-of-the-fuzz',
	management: 'a-management-token-of-the-fuzz',
};

/** The devices' own time of their values. */
export const TIME = '2026-11-21T22:20:00.000Z';
