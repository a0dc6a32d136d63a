/** Questions that are alike, and do not have the same answer. */
export const lookAlikes: readonly (readonly [string, string])[] = [
  ['Turn on dark mode', 'Turn off dark mode'],
  ['How do I enable two-factor login?', 'How do I disable two-factor login?'],
  ['Which flat has the highest rent?', 'Which flat has the lowest rent?'],
  ['What are the pros of solar power?', 'What are the cons of solar power?'],
  ['How much is 12 km in miles?', 'How much is 21 km in miles?'],
  ['Is 1.5 enough?', 'Is 1.6 enough?'],
  ['Is 1.5 enough?', 'Is 1.55 enough?'],
  ['Wake me at 7:30', 'Wake me at 7:45'],
  ['Is it room 4a?', 'Is it room 5a?'],
  ['Book a table for two', 'Book a table for three'],
  ['Which drugs are allowed?', 'Which drugs are not allowed?'],
  ["Why doesn't it start?", 'Why does it start?'],
  ['Why doesn’t it start?', 'Why does it start?'],
  ['What is the capital of France?', 'What is the capital of Germany?'],
  ['Convert Celsius to Kelvin', 'Convert Celsius to Fahrenheit'],
  ['He is in Room Öland', 'He is in Room Åland'],
  ['In 2024, Berlin was it', 'In 2024, it was it'],
  ['Send it, Ada', 'Send it please'],
  ['Is version 2 Beta out?', 'Is version 2 out?'],
  ['How do I convert miles to km?', 'How do I convert km to miles?'],
  ['Can a cat eat a dog?', 'Can a dog eat a cat?'],
]

/** Questions in other words that have the same answer, and that a guard which is too strict would turn down. */
export const paraphrases: readonly (readonly [string, string])[] = [
  ['How do I reset my password?', 'What can I do when I forgot my password?'],
  ['Is it free?', 'What does it cost?'],
  ['What is the capital of France?', "What is France's capital?"],
  ['Tell me. Where is it?', 'Where can I find it?'],
  ['May I bring a dog?', 'Are dogs allowed?'],
  ['I think I am lost', 'What do I do when lost?'],
  ['Turn the light on', 'Switch on the light'],
  ['Can I pay 1,000 EUR by card?', 'Do you take eur 1,000 by card?'],
  ["I can't log in, why?", 'Why can I not log in?'],
  ["What's new?", 'What is new?'],
  ["What's new?", "what's    new!"],
]
