// n8n-core reads this when it is loaded; otherwise it prints every refused request with its headers
process.env.N8N_LOG_LEVEL ??= 'silent';
