import { Agent } from 'node:http';

/**
 * For requests to n8n. It closes a connection that was idle for five seconds, which may be the
 * moment in which Node sends the next request on it.
 */
export const freshConnections = new Agent({ keepAlive: false });
