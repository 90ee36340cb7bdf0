/** Waits for something that happens without any time: the test's own time-out ends it. */
export async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
