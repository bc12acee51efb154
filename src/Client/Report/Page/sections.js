// Only parts that have something to show are shown, here and in the list at the top.
const contents = {
  frontier: () => model.points.length > 0,
  settings: canBeTraced,
  points: () => model.points.length > 0,
  compare: () => model.points.length > 1,
  progress: () => model.points.length > 0,
  techniques: () => model.document.techniques.rows.length > 0 || model.document.kernels.length > 0,
  energy: () => model.points.length > 0 || model.document.texts.spending !== null,
};

function showSections() {
  for (const [id, has] of Object.entries(contents)) {
    const isEmpty = !has();
    find(id).hidden = isEmpty;
    document.querySelector(`nav [href="#${id}"]`).hidden = isEmpty;
  }
}

const startSections = () => view(['data'], showSections);
