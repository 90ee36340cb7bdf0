// n8n-core reads this when it is loaded. Without it, it prints every failed request with its
// headers
process.env.N8N_LOG_LEVEL ??= 'silent';
