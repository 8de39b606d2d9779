using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class PlaceTests
{
    [Fact]
    public void Every_place_is_found_by_its_own_id_and_its_page_exists()
    {
        foreach (var place in Place.All(Repository.Book.Chapters))
        {
            PageLinks.Exists(place.Page, Repository.Root, Repository.Book).ShouldBeTrue(place.Page);
            Questions.PagesOf(Topic.Find(place.Id, Repository.Book))
                .ShouldContain(page => Questions.IsOneOf(page, new[] { place.Page }), place.Id);
        }
    }

    [Fact]
    public void No_two_places_have_one_id() =>
        Place.All(Repository.Book.Chapters).GroupBy(place => place.Id).Where(group => group.Count() > 1).Select(group => group.Key)
            .ShouldBeEmpty();
}
