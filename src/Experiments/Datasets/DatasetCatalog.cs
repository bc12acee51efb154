using Grid.Experiments.Datasets.Generated;

namespace Grid.Experiments.Datasets;

/// <summary>Every dataset Grid knows: the one place that names them and pins their bytes.</summary>
public static class DatasetCatalog
{
    public const string GeneratedDigits = "generated-digits";
    public const string Mnist = "mnist";
    public const string FashionMnist = "fashion-mnist";

    public static IReadOnlyList<DatasetDefinition> All { get; } =
    [
        new()
        {
            Name = GeneratedDigits,
            Generated = true,
            ContentHash = "c6e27f8bf7aa05000753fb8e79223ae178166df4ec77bba64b61d56a7bb0f5e8",
            TrainCount = DigitPainter.TrainCount,
            TestCount = DigitPainter.TestCount,
            Classes = 10,
            Rows = 28,
            Columns = 28,
            Description = "generated: ten digits drawn by a program with distortion, noise, clutter and occlusion; needs no download",
            DefaultValidation = 2_000,
        },
        MnistFamily(
            Mnist,
            "handwritten digits (LeCun, Cortes and Burges, 1998)",
            "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16",
            trainImages: new(
                "train-images-idx3-ubyte",
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            trainLabels: new(
                "train-labels-idx1-ubyte",
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            testImages: new(
                "t10k-images-idx3-ubyte",
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            testLabels: new(
                "t10k-labels-idx1-ubyte",
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/"),
        MnistFamily(
            FashionMnist,
            "photographs of clothes (Xiao, Rasul and Vollgraf, 2017)",
            "ca3ab2a37f845e1b8ae23cab1b51749a3011ba3bf1d9016176d75cbaabac376f",
            trainImages: new(
                "train-images-idx3-ubyte",
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            trainLabels: new(
                "train-labels-idx1-ubyte",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            testImages: new(
                "t10k-images-idx3-ubyte",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            testLabels: new(
                "t10k-labels-idx1-ubyte",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
    ];

    /// <summary>The dataset of that name; null when there is none.</summary>
    public static DatasetDefinition? Find(string name) => All.FirstOrDefault(d => d.Name == name);

    private static DatasetDefinition MnistFamily(
        string name, string description, string contentHash,
        DatasetFile trainImages, DatasetFile trainLabels, DatasetFile testImages, DatasetFile testLabels,
        params string[] mirrors) => new()
        {
            Name = name,
            Generated = false,
            ContentHash = contentHash,
            TrainCount = 60_000,
            TestCount = 10_000,
            Classes = 10,
            Rows = 28,
            Columns = 28,
            Description = description,
            DefaultValidation = 5_000,
            Files = new(trainImages, trainLabels, testImages, testLabels, [.. mirrors.Select(m => new Uri(m))]),
        };
}
