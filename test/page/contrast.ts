/** The colours of a text, as computed by the browser. */
export interface SeenText {
	text: string;
	colour: string;
	/** From the element outwards; the last one is the page's own. */
	backgrounds: string[];
}

type Rgba = [red: number, green: number, blue: number, alpha: number];

function parse(colour: string): Rgba {
	const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
	return [red, green, blue, alpha];
}

function lay([red, green, blue, alpha]: Rgba, under: Rgba): Rgba {
	const mix = (over: number, below: number) => over * alpha + below * (1 - alpha);
	return [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), 1];
}

function luminance([red, green, blue]: Rgba): number {
	const linear = (channel: number) => {
		const share = channel / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	};
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG 2's contrast ratio, 1 to 21. */
export function contrastOf({ colour, backgrounds }: SeenText): number {
	const ground = backgrounds
		.map(parse)
		.reduceRight<Rgba>((under, over) => lay(over, under), [255, 255, 255, 1]);
	const [darker, lighter] = [luminance(ground), luminance(lay(parse(colour), ground))].sort(
		(one, other) => one - other,
	) as [number, number];
	return (lighter + 0.05) / (darker + 0.05);
}
