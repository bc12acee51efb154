// Puts everything together.
read(JSON.parse(find('data').textContent));
document.documentElement.classList.add('runs');
view(['data'], () => {
  const { recommended, reference } = model.document;
  if (!state.ownSelected || !model.byTrial.has(state.selected)) state.selected = recommended ?? reference ?? model.points[0]?.trial ?? null;
  if (!state.ownCompared) state.compared = recommended === null || reference === null || recommended === reference ? [null, null] : [recommended, reference];
});
startSections();
startScatterControls();
startLasso();
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
