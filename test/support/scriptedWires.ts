export { SCRIPTED_WIRES } from './services';
export { VIN, VOLVO_REQUEST } from './services/volvo';
