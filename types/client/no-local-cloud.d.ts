/** No local cloud is running, or its state file cannot be read as one. */
export declare class NoLocalCloudError extends Error {
    readonly name = "NoLocalCloudError";
}
