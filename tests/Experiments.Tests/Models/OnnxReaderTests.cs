using System.Runtime.InteropServices;
using Grid.Experiments.Models;
using Grid.Experiments.Models.Onnx;
using static Grid.Experiments.Tests.Models.OnnxBytes;

namespace Grid.Experiments.Tests.Models;

public sealed class OnnxReaderTests
{
    private static readonly byte[] Relu = Node("Relu", ["x"]);

    /// <summary>float_data (4), int32_data (5), int64_data (7), double_data (10), raw_data (9): packed, and one number at a time.</summary>
    [Fact]
    public void Every_form_of_tensor_data_is_read()
    {
        float[] floats = [1, -2, 0.5f, 4];
        double[] doubles = [1, -2, 0.5, 4];
        byte[] bytesOf = [1, 2, 3, 200];

        Read(1, Field(4, MemoryMarshal.AsBytes<float>(floats))).ToArray<float>().ShouldBe(floats);
        Read(1, Field(9, MemoryMarshal.AsBytes<float>(floats))).ToArray<float>().ShouldBe(floats);
        Read(11, Field(10, MemoryMarshal.AsBytes<double>(doubles))).ToArray<double>().ShouldBe(doubles);
        Read(7, Field(7, [1, 2, 3, 4])).ToArray<long>().ShouldBe([1, 2, 3, 4]);
        Read(7, [0x38, 1, 0x38, 2, 0x38, 3, 0x38, 4]).ToArray<long>().ShouldBe([1, 2, 3, 4]);
        Read(6, Field(5, [1, 2, 3, 4])).ToArray<int>().ShouldBe([1, 2, 3, 4]);
        Read(2, Field(5, [1, 2, 3, 0xc8, 1])).Data.ShouldBe(bytesOf);
        // float16 as 16 bits each: 1 is 0x3c00.
        Read(10, Field(5, [0x80, 0x78, 0x80, 0x78, 0, 0])).ToArray<Half>().ShouldBe([(Half)1, (Half)1, (Half)0, (Half)0]);
    }

    [Fact]
    public void What_grid_does_not_read_is_named()
    {
        Refused("sparse initialisers", Model([.. Relu, .. Field(15, [])]));
        // Field 25 of ModelProto takes two bytes for its number.
        Refused("functions", Model(Relu, [.. Field(8, [16, 17]), 0xca, 1, 0]));
        Refused("external data", Model([.. Relu, .. Weights(1, Field(13, []))]));
        Refused("external data", Model([.. Relu, .. Weights(1, [0x70, 1])]));
        Refused("should hold 16 bytes", Model([.. Relu, .. Weights(1, Field(9, [1, 2, 3]))]));
        Refused("element type 8", Model([.. Relu, .. Weights(8, [])]));
        Refused("opset_import", Model(Relu, []));
        Refused("2 inputs and 1 outputs", Model([.. Relu, .. Field(11, Field(1, "second"u8))]));
        Refused("no nodes", Model([]));
    }

    [Fact]
    public void An_initialiser_that_old_files_also_list_as_input_is_no_input()
    {
        var model = OnnxFile.Parse(Model([.. Node("Add", ["x", "w"]), .. Weights(1, Field(4, new byte[16])), .. Field(11, Field(1, "w"u8))]));

        model.Inputs.ShouldHaveSingleItem().Name.ShouldBe("x");
    }

    [Fact]
    public void A_file_older_than_that_rule_is_raised_to_the_version_that_has_it()
    {
        var old = Model(Relu);
        old[1] = 3;

        OnnxFile.Parse(old).IrVersion.ShouldBe(4);
    }

    [Fact]
    public void Control_flow_is_read_so_far_that_its_node_can_be_named_but_never_written()
    {
        byte[] subgraph = [.. Field(1, "body"u8), .. Field(6, []), 0xa0, 1, 5];

        var model = OnnxFile.Parse(Model(Node("Loop", ["x"], Field(5, subgraph))));

        TrainableOperators.Check(model).ShouldHaveSingleItem().ShouldContain("'it' (Loop)");
        Should.Throw<OnnxException>(() => OnnxFile.ToBytes(model)).Message.ShouldContain("'body' of the node 'it' (Loop)");
    }

    private static OnnxTensor Read(byte type, byte[] data) => OnnxFile.Parse(Model([.. Relu, .. Weights(type, data)])).Initializer("w").ShouldNotBeNull();

    private static void Refused(string because, byte[] bytes) => Should.Throw<OnnxException>(() => OnnxFile.Parse(bytes)).Message.ShouldContain(because);
}
