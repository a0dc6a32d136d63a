// Labelled by hand: what one answer would be right for, and what not. Not tuned to the guard: some look-alikes are such
// that only somebody who understands them can tell.

type Pair = readonly [stored: string, asked: string]

const pairsIn = (text: string): readonly Pair[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [stored = '', asked = ''] = line.split('|').map((each) => each.trim())
      return [stored, asked]
    })

/** Two ways to ask the same. */
export const paraphrases = pairsIn(`
How do I reset my password? | I forgot my password, how can I set a new one?
How do I reset my password? | How can I reset my password?
What are your opening hours? | When are you open?
What are your opening hours? | What are your hours of opening?
How long does delivery take? | How many days until my order arrives?
How long does delivery take? | How long does it take to deliver?
Can I return an item? | Is it possible to send an item back?
Can I return an item? | May I return an item?
Do you ship to Canada? | Is shipping to Canada possible?
Do you ship to Canada? | Can you ship to Canada?
How do I cancel my subscription? | I want to end my subscription, what do I do?
How do I cancel my subscription? | How can I cancel my subscription?
Where is my order? | What is the status of my order?
How do I track my parcel? | How can I track my parcel?
What payment methods do you accept? | How can I pay?
What payment methods do you accept? | Which payment methods do you accept?
How do I change my email address? | How can I update my e-mail address?
How do I change my email address? | How to change my email address?
Is there a student discount? | Do students get a discount?
Is there a student discount? | Do you have a student discount?
How do I delete my account? | How can I remove my account?
How do I delete my account? | Please tell me how to delete my account
What is the capital of France? | Which city is the capital of France?
What is the capital of France? | Name the capital of France
How tall is Mount Everest? | What is the height of Mount Everest?
Who wrote Hamlet? | Who is the author of Hamlet?
When did World War II end? | In which year did World War II end?
How many people live in Tokyo? | What is the population of Tokyo?
What is the boiling point of water? | At what temperature does water boil?
How far is the Moon from the Earth? | What is the distance from the Earth to the Moon?
What causes thunder? | Why does it thunder?
Why is the sky blue? | What makes the sky blue?
How does photosynthesis work? | Explain how photosynthesis works
How does photosynthesis work? | Can you explain photosynthesis?
What is machine learning? | Explain machine learning
What is machine learning? | What does machine learning mean?
How do I sort a list in Python? | How can I sort a Python list?
How do I sort a list in Python? | How to sort a list in Python?
How do I read a file in Node? | How can I read a file with Node?
How do I undo a commit in git? | How can I revert the last commit with git?
How do I undo a commit in git? | How can I undo a commit in git?
How do I center a div? | How can I center a div with CSS?
How do I exit vim? | How can I quit vim?
How do I exit vim? | How do you exit vim?
What is a foreign key? | Explain what a foreign key is
What does idempotent mean? | What is the meaning of idempotent?
How do I boil an egg? | What is the best way to boil an egg?
How do I boil an egg? | How can I boil an egg?
How much sleep do I need? | How many hours of sleep should I get?
How do I lose weight? | What can I do to lose weight?
What is the weather in Berlin today? | What is today's weather in Berlin?
What is the weather in Berlin today? | How is the weather in Berlin today?
Turn on the lights in the kitchen | Switch on the kitchen lights
Turn on the lights in the kitchen | Please turn on the lights in the kitchen
Set an alarm for 7 am | Wake me up at 7 am
Play some jazz | Please play some jazz music
Translate hello into Spanish | What is hello in Spanish?
Summarize this article | Give me a summary of this article
How do I enable dark mode? | How can I turn on dark mode?
How do I enable dark mode? | How can I enable dark mode?
Do I need a visa for Japan? | Is a visa required for Japan?
Do I need a visa for Japan? | Do I have to have a visa for Japan?
What time is it in London? | What is the time in London?
How do I tie a tie? | Show me how to tie a tie
`)

/** Two questions in nearly the same words, with different answers. */
export const lookAlikes = pairsIn(`
How do I enable dark mode? | How do I disable dark mode?
Turn on the lights in the kitchen | Turn off the lights in the kitchen
Turn on the lights in the kitchen | Turn on the lights in the bathroom
How do I lock my account? | How do I unlock my account?
How do I install the package? | How do I uninstall the package?
How do I open a ticket? | How do I close a ticket?
How do I increase the font size? | How do I decrease the font size?
How do I show hidden files? | How do I hide files?
How do I start the server? | How do I stop the server?
How do I import my data? | How do I export my data?
How do I upload a photo? | How do I download a photo?
How do I add a user? | How do I remove a user?
How do I sort a list ascending? | How do I sort a list descending?
What is the capital of France? | What is the capital of Germany?
What is the capital of Australia? | What is the capital of Austria?
what is the currency of sweden? | what is the currency of norway?
How many people live in Tokyo? | How many people live in Kyoto?
Who wrote Hamlet? | Who wrote Macbeth?
Who won the World Cup in 2014? | Who won the World Cup in 2018?
When did World War I end? | When did World War II end?
When did World War II begin? | When did World War II end?
How tall is Mount Everest? | How old is Mount Everest?
What is 15 % of 80? | What is 80 % of 25?
What is 12 times 12? | What is 12 times 13?
How many miles are 10 km? | How many miles are 100 km?
Set an alarm for 7 am | Set an alarm for 7 pm
Set an alarm for 7 am | Set an alarm for 8 am
Book a table for two | Book a table for four
Convert 5 miles to km | Convert 5 km to miles
Translate hello into Spanish | Translate hello into Italian
Translate this from English to French | Translate this from French to English
Is it safe to take aspirin with alcohol? | Is it safe to take aspirin without alcohol?
Is it safe to eat raw eggs? | Is it safe to eat raw beef?
Can dogs eat chocolate? | Can dogs eat carrots?
Can dogs eat grapes? | Can cats eat grapes?
Which foods are allowed on this diet? | Which foods are not allowed on this diet?
Why does my cat eat grass? | Why doesn't my cat eat grass?
Can I return an item? | Can I return an item without a receipt?
Can I cancel after 14 days? | Can I cancel within 14 days?
Do you ship to Canada? | Do you ship from Canada?
Is delivery free for orders over 50 euros? | Is delivery free for orders under 50 euros?
What is the minimum age? | What is the maximum age?
What is the highest mountain in Spain? | What is the longest river in Spain?
Which is the largest planet? | Which is the smallest planet?
How do I read a file in Python? | How do I write a file in Python?
How do I read a file in Python? | How do I read a file in Ruby?
How do I install Node 18? | How do I install Node 20?
How do I upgrade to version 3? | How do I downgrade to version 3?
How do I encrypt a file? | How do I decrypt a file?
How do I merge a branch? | How do I delete a branch?
How do I undo a commit? | How do I undo a merge?
How do I subscribe to the newsletter? | How do I unsubscribe from the newsletter?
How do I mute a channel? | How do I leave a channel?
Does insulin raise blood sugar? | Does insulin lower blood sugar?
What is a symptom of too much iron? | What is a symptom of too little iron?
How do I treat a burn? | How do I treat a bruise?
What is the weather in Berlin today? | What is the weather in Berlin tomorrow?
What was the price of gold yesterday? | What is the price of gold today?
Who is the president of the USA? | Who was the first president of the USA?
What do I do before the operation? | What do I do after the operation?
Who does Ann report to? | Who reports to Ann?
Did Spain beat Italy? | Did Italy beat Spain?
What are the pros of remote work? | What are the cons of remote work?
How do I lose weight? | How do I gain weight?
`)

/** Two questions that have nothing to do with each other. */
export const unrelated = pairsIn(`
How do I reset my password? | How tall is Mount Everest?
What are your opening hours? | How do I boil an egg?
Where is my order? | Who wrote Hamlet?
Can I return an item? | What is machine learning?
Do you ship to Canada? | Why is the sky blue?
How do I cancel my subscription? | What causes thunder?
Is there a student discount? | How do I exit vim?
How do I delete my account? | What time is it in London?
What is the capital of France? | How do I center a div?
When did World War II end? | Play some jazz
How many people live in Tokyo? | How do I tie a tie?
What is the boiling point of water? | How do I open a ticket?
How does photosynthesis work? | Set an alarm for 7 am
How do I sort a list in Python? | Can dogs eat chocolate?
How do I read a file in Node? | Do I need a visa for Japan?
How do I undo a commit in git? | How much sleep do I need?
What is a foreign key? | Turn on the lights in the kitchen
What does idempotent mean? | Who won the World Cup in 2014?
How do I lose weight? | How do I import my data?
What is the weather in Berlin today? | How do I encrypt a file?
Translate hello into Spanish | Why does my cat eat grass?
Summarize this article | Which is the largest planet?
Book a table for two | How do I install Node 20?
Which foods are allowed on this diet? | Did Spain beat Italy?
How do I treat a burn? | How do I upgrade to version 3?
What is the minimum age? | How do I merge a branch?
How far is the Moon from the Earth? | What payment methods do you accept?
How do I track my parcel? | What is 12 times 12?
Do students get a discount? | What was the price of gold yesterday?
How do I change my email address? | Does insulin raise blood sugar?
`)
