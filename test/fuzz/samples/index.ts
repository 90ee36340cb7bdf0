export * from './common';
export * from './seam';
export * from './smartcar';
export * from './volvo';
