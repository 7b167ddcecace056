/** No local cloud is running, or its state file cannot be read as one. */
export class NoLocalCloudError extends Error {
  override readonly name = 'NoLocalCloudError';
}
