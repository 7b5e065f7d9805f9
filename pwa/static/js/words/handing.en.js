export default {
  answers: "Answers only on this phone: {n}. They go to the hall before the code is made",
  files: "Files only on this phone: {files}. They go to the hall before the code is made",
  both: "Only on this phone: answers {n}, files {files}. They go to the hall before the code is made",
  some: "What you changed is only on this phone. It goes to the hall before the code is made",
  sending: "Sending what is on this phone to the hall; the code follows",
  not_sent: "Some of it is not with the hall yet; who takes over won’t see it",
  again: "Try again with a better network. To hand over what the hall has, press “Make a code” once more; the rest stays on this phone",
};
