/** What is wrong with a file or an argument, said to the person who gave it. */
export class Refusal extends Error {}
