import path from 'node:path';
import express from 'express';
import type { ListeningServer } from '../shared/server';
import { listenOnLoopback } from '../shared/server';
import { refuseForeigners } from '../shared/loopbackGuard';
import { protectPage } from './guard';
import { createPageApi } from './pageApi';
import { explain, refuseUnknown } from './refusals';
import type { PageService } from './pageService';

export interface PageOptions {
	/** On 127.0.0.1; 0 takes a free port. */
	port: number;
	/** In the order of the page. */
	services: readonly PageService[];
}

const PUBLIC = path.join(__dirname, 'public');

/** Starts the page for people. Throws `PortTaken`. */
export function startPage({ port, services }: PageOptions): Promise<ListeningServer> {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(protectPage, refuseForeigners);
	app.use('/api', createPageApi(services));
	app.use(express.static(PUBLIC, { cacheControl: false, etag: false, lastModified: false }));
	app.use(refuseUnknown, explain);
	return listenOnLoopback(app, port);
}
