/** Addresses inside the lane's network namespace: nobody outside of it sees them, so that they can be the same always. */
export const NODE_NAME = 'node';
export const NODE_ADDRESS = '10.200.0.1';
export const POD_RANGE = '10.210.0.0/16';
export const API_PORT = 6443;
export const OBJECT_STORE_PORT = 8333;
export const DNS_DOMAIN = 'cluster.local';
