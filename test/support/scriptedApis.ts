export { SCRIPTED_APIS } from './services';
export { VIN, VOLVO_REQUEST } from './services/volvo';
