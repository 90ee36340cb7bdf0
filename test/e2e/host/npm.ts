/** What every npm of ours is told: to say only what went wrong. */
export const npmQuietly = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
