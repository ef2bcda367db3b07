/** This machine under its own names: what goes there crosses no network. */
export const here = ['127.0.0.1', '[::1]', 'localhost']
