// What is learned of an answer after it stands: why it was given, what could be asked next. Shows nothing itself.

watch("value", () => { if (props.value) tell("insight", props.value); });
