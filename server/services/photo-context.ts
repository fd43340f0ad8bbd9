/** What the ciphertext of an evidence photo is bound to, so that photos cannot be swapped between punches. */
export const photoContext = (punchId: string): string => `punch_photo|${punchId}`;
