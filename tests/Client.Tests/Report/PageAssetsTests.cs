using System.Security.Cryptography;
using System.Text;
using Grid.Client.Report;
using Grid.Tests;

namespace Grid.Client.Tests.Report;

public sealed class PageAssetsTests
{
    [Fact]
    public void The_charting_library_is_the_one_that_its_README_names()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PageAssets.Library)));

        File.ReadAllText(RepositoryRoot.File("src", "Client", "Report", "Library", "README.md")).ShouldContain($"`{hash}`");
    }

    [Fact]
    public void Every_script_of_the_page_is_in_it()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.File("src", "Client", "Report", "Page"), "*.js"))
            PageAssets.Scripts.ShouldContain(File.ReadAllText(file));
    }

    [Fact]
    public void A_place_in_what_is_filled_in_stays_as_it_is() =>
        PageTemplate.Fill("<{{name}}>{{data}}", new Dictionary<string, string> { ["name"] = "{{data}}", ["data"] = "$1{{name}}" }).ShouldBe("<{{data}}>$1{{name}}");
}
