// Puts everything together.
read(JSON.parse(find('data').textContent));
document.documentElement.classList.add('runs');
// What is looked at until the user chooses.
view(['data'], () => {
  const { recommended, reference } = model.document;
  if (!model.byTrial.has(state.selected)) state.selected = recommended ?? reference ?? model.points[0]?.trial ?? null;
  if (state.compared.every(trial => trial === null) && recommended !== null && reference !== null && recommended !== reference) state.compared = [recommended, reference];
});
startScatterControls();
startParallel();
startFilters();
startTable();
startDetails();
startCompare();
startDownloads();
startVolume();
startImportance();
startTechniques();
startEnergy();
startLive();
changed('data');
