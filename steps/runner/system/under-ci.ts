/** Whether a workflow runs us, and no person. */
export const underCi = (): boolean => !['', '0', 'false', undefined].includes(process.env['CI'])
